# Compares the first run of each job with the median of the others. Input: job, started, status and three values.
function median(i,    n, j, k, v, a) {
    n = count
    for (j = 1; j <= n; j++) {
        v = before[i, j]
        for (k = j; k > 1 && a[k - 1] > v; k--)
            a[k] = a[k - 1]
        a[k] = v
    }
    return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
}

function distance(a, b) { return a > b ? a - b : b - a }

function finish(    i, m, d, is_out) {
    if (job == "")
        return
    for (i = 1; i <= 3; i++) {
        m = count >= LEAST ? median(i) : 0
        d = distance(value[i], m)
        is_out = (last_status != 0 || (count >= LEAST && d > ratio * m && (i < 3 || d > 1)))
        print job, started, last_status, NAME[i], value[i] + 0, (count >= LEAST ? m + 0 : "\\N"), (is_out ? 1 : 0)
        found = (found || is_out)
    }
}

BEGIN {
    LEAST = 4 # runs that make a median
    split("read rejected_share seconds", NAME, " ")
    print "Job", "Started", "Status", "Measure", "Value", "Median", "StandsOut"
}

$1 != job || NR == 1 {
    finish()
    job = $1
    started = $2
    last_status = $3
    count = 0
    for (i = 1; i <= 3; i++)
        value[i] = $(i + 3)
    next
}

{
    count++
    for (i = 1; i <= 3; i++)
        before[i, count] = $(i + 3) + 0
}

END {
    finish()
    exit (found ? 1 : 0)
}
