source("../helpers.R")
p <- c(.001, .008, .039, .041, .042, .06, .074, .205, .212, .216, .222, .251, .269, .275, .34, .341, .384, .569, .594, .696, .762, .94, .942, .975, .986)
rec("p", values = p, holm = p.adjust(p, "holm"), benjamini_hochberg = p.adjust(p, "BH"))
q <- c(.04, .04, .01, .2, .04); rec("ties", values = q, holm = p.adjust(q, "holm"), benjamini_hochberg = p.adjust(q, "BH"))
for (t in list(c(1, 40, 5, 45), c(0, 12, 9, 31), c(3, 3, 0, 3), c(7, 20, 7, 20), c(30, 200, 41, 150), c(0, 10, 0, 14)))
  rec(paste("fisher", paste(t, collapse = " ")), counts = t, p = num(fisher.test(matrix(c(t[1], t[2] - t[1], t[3], t[4] - t[3]), 2))$p.value))
x <- matrix(c(8, 3, 1, 0, 5, 9, 4, 2, 1, 6, 7, 3), 3, byrow = TRUE); rec("permutation", counts = lapply(1:3, function(i) x[i, ]), exact = num(fisher.test(x)$p.value), p_chi = { set.seed(55); num(chisq.test(x, simulate.p.value = TRUE, B = 200000)$p.value) })
for (t in list(c(40, .5, 1.2, .05), c(150, .3, 2, .05), c(20, 1.4, 1.8, .01), c(500, .15, 1, .1)))
  rec(paste("power", paste(t, collapse = " ")), n = t[1], difference = t[2], deviation = t[3], level = 1 - t[4], power = num(power.t.test(n = t[1], delta = t[2], sd = t[3], sig.level = t[4], strict = TRUE)$power))
for (t in list(c(.5, 1.2, .8), c(.3, 2, .9), c(1, 2.2, .8))) { r <- power.t.test(delta = t[1], sd = t[2], power = t[3], strict = TRUE, tol = 1e-10); rec(paste("answers", paste(t, collapse = " ")), difference = t[1], deviation = t[2], power = t[3], n = ceiling(num(r$n))) }
r <- power.t.test(n = 60, sd = 2, power = .8, strict = TRUE, tol = 1e-12); rec("detectable", n = 60, deviation = 2, difference = num(r$delta))
# Formulas computed in R, not functions of it: the half width of an interval with a finite population, unequal groups, waves.
for (t in list(c(135, .5, 1237), c(400, .2, Inf), c(60, .1, 61))) { n <- t[1]; rec(paste("reach", paste(t, collapse = " ")), n = n, share = t[2], population = if (is.finite(t[3])) t[3], reach = qt(.975, n - 1) * sqrt(t[2] * (1 - t[2]) / n * (1 - n / t[3]))) }
change <- function(n1, n2, s1, s2, both, r, N) sqrt(s1^2 / n1 * (1 - n1 / N) + s2^2 / n2 * (1 - n2 / N) - 2 * r * s1 * s2 * (both / (n1 * n2) - 1 / N))
for (t in list(c(120, 153, 1.9, 2, 101, .6, Inf), c(120, 153, 1.9, 2, 101, .6, 1237), c(60, 60, 2, 2, 45, .5, 75))) { se <- change(t[1], t[2], t[3], t[4], t[5], t[6], t[7]); df <- t[1] + t[2] - t[5] - 1
  rec(paste("change", paste(t, collapse = " ")), n1 = t[1], n2 = t[2], s1 = t[3], s2 = t[4], both = t[5], correlation = t[6], population = if (is.finite(t[7])) t[7], se = se, df = df, power = pt(qt(.975, df), df, .5 / se, lower.tail = FALSE) + pt(-qt(.975, df), df, .5 / se)) }
finish("55_corrections_and_power", "Corrections (p.adjust), exact tests (fisher.test), power of t tests (power.t.test), and closed formulas of the reach of an interval and of the error of a change in a finite population.", list(), 1e-7)
