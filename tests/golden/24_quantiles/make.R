source("../tabulate.R")
LEVEL <- .9; d <- panel(190, 2401); d$w <- round(exp(rnorm(190, 0, .5)), 4)
d$caseload <- 5 * rpois(190, 4); d$hours <- round(rgamma(190, 2, .3), 2); d$rate <- sample(c(0:10, NA), 190, TRUE, c(1, 1, 1, 2, 2, 4, 6, 9, 12, 5, 3, 2))
d$caseload[sample(190, 11)] <- NA; d$temperature <- round(rnorm(190, -3, 6), 1); d <- put(d[c("id", "role", "w", "caseload", "hours", "rate", "temperature")])
des <- svydesign(ids = ~1, weights = ~w, data = d); roles <- sort(unique(d$role))
for (v in c("caseload", "hours", "temperature")) { t <- list(item = v, by = "role"); number(t, des, roles) }
t <- list(item = "rate", by = "role"); rating(t, des, 0:10, roles)
finish("24_quantiles", "Medians and quantiles by the math rule with Woodruff intervals at the level 0.90: heavy ties, continuous and negative numbers, a discrete rating; limits that do not exist are null.", list(weight = "w", level = .9), 1e-7)
