source("../tabulate.R")
LEVEL <- .99; d <- panel(320, 2801); d$w <- round(exp(rnorm(320, 0, .5)), 4); d$years[sample(320, 41)] <- NA
d$q <- sapply(d$role, function(r) sample(c("better", "same", "worse"), 1, prob = switch(r, social_worker = c(.2, .3, .5), c(.35, .4, .25)))); d$q[sample(320, 22)] <- NA
d$rate <- pmin(10, pmax(0, round(6 + (d$role == "team_manager") + rnorm(320, 0, 2)))); d$rate[sample(320, 17)] <- NA; d$load <- rpois(320, 16); d$load[sample(320, 30)] <- NA
d <- put(d[c("id", "role", "years", "w", "q", "rate", "load")]); des <- svydesign(ids = ~1, weights = ~w, data = d); qs <- c("better", "same", "worse")
for (by in c("role", "years")) { gs <- if (by == "years") c("0-2", "3-5", "6-10", "11+") else sort(unique(d$role))
  t <- list(item = "q", by = by); single(t, des, qs, gs); tests(list(independence(t, des, d$q))); a <- subset(des, !is.na(q)); differences(t, "share", a, chosen_columns(a, qs, "q"), gs)
  t <- list(item = "rate", by = by); rating(t, des, min(d$rate, na.rm = TRUE):10, gs); tests(list(independence(t, des, d$rate))); a <- subset(des, !is.na(rate)); differences(t, "mean", a, list(a$variables$rate), gs)
  t <- list(item = "load", by = by); number(t, des, gs); a <- subset(des, !is.na(load)); differences(t, "mean", a, list(a$variables$load), gs) }
finish("28_groups_compared", "Pairs of groups (svyby and svycontrast with covariance, Holm over the item) and Rao-Scott at the level 0.99; some people have no group.", list(weight = "w", level = .99), 1e-6)
