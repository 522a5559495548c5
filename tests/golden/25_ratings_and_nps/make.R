source("../tabulate.R")
d <- panel(142, 2501); d$w <- round(exp(rnorm(142, 0, .35)), 4); f <- function(m, s) { x <- pmin(10, pmax(0, round(m + rnorm(142, 0, s)))); x[sample(142, 7)] <- NA; x }
d$satisfied <- f(6.6, 2); d$worthwhile <- f(7.5, 1.8); d$happy <- f(6.4, 2.3); d$anxious <- f(4, 2.8); d$recommend <- f(7.6, 2.2)
d <- put(d[c("id", "role", "w", "satisfied", "worthwhile", "happy", "anxious", "recommend")]); des <- svydesign(ids = ~1, weights = ~w, data = d); roles <- sort(unique(d$role))
for (v in c("satisfied", "worthwhile", "happy", "anxious", "recommend")) { t <- list(item = v, by = "role"); x <- d[[v]]
  rating(t, des, min(x, na.rm = TRUE):max(x, na.rm = TRUE), roles, nps = v == "recommend")
  a <- only(des, !is.na(x)); differences(t, "mean", a, list(a$variables[[v]]), roles)
  if (v == "recommend") differences(t, "nps", a, list(with(a$variables, ifelse(recommend >= 9, 100, ifelse(recommend >= 7, 0, -100)))), roles) }
finish("25_ratings_and_nps", "Four well-being ratings of 0 to 10 and a likelihood to recommend, weighted, by role: mean, median, every point, net promoter score, pairs of groups.", list(weight = "w", kinds = list(recommend = "nps")), 1e-7)
