"""Writes records whose keys repeat in many mixtures of upper and lower case: columns k, l, n."""
import random

# What folding makes one; escapes and null are the only text in which case makes a difference.
FORMS = ["aA", "kK\u212a", "sSſ", "éÉ", "åÅ\u212b", "ⱥȺ", "σΣς", "ßẞ", "жЖ", ["\\n"], ["\\t"], ["\\\\"], "1", "-", "İ", "ı"]

random.seed(29)
keys = [[random.choice(FORMS) for _ in range(n)] for n in (0, 1, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 40)]
print("k\tl\tn")
for number in range(5000):
    spelled = ["".join(random.choice(forms) for forms in random.choice(keys)) for _ in "kl"]
    spelled = [text if random.random() < 0.97 else "\\N" for text in spelled]
    print(*spelled, number, sep="\t")
