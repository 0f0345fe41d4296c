"""Prints random votes as JSON Lines; argv[1] is the seed of their order and selection."""
import datetime, json, random, sys
chance = random.Random(7)
votes = []
for n in range(3000):
    day = datetime.date(2019, 12, 1) + datetime.timedelta(int(chance.triangular(0, 200, 30)))
    vote = {'Id': chance.choice([n, str(n)]), 'PostId': n, 'VoteTypeId': 2, 'CreationDate': f'{day}T10:00:00'}
    if chance.random() < 0.5:
        vote['UserId'] = chance.choice([None, 1])
    if chance.random() < 0.7:
        votes.append(vote)
random.Random(sys.argv[1]).shuffle(votes)
for vote in votes[:1500]:
    print(json.dumps(vote))
