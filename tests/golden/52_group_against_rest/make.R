source("../waves.R")
# A group against the people of all other groups, as two domains of one design with their covariance.
LEVEL <- .95; d <- panel(280, 5201); d$w <- round(exp(rnorm(280, 0, .45)), 4); d$role[sample(280, 24)] <- NA
d$q <- sample(c("better", "same", "worse"), 280, TRUE, c(.3, .4, .3)); d$q[sample(280, 15)] <- NA
d$rate <- pmin(10, pmax(0, round(6.4 + .9 * (d$role %in% "team_manager") + rnorm(280, 0, 2.1)))); d$rate[sample(280, 19)] <- NA
d <- put(d[c("id", "role", "region", "w", "q", "rate")])
plans <- list(plain = svydesign(ids = ~1, weights = ~w, data = d), stratified = svydesign(ids = ~1, strata = ~region, weights = ~w, data = d))
d$stratum_size <- c(table(d$region))[d$region] * 4
plans$finite <- svydesign(ids = ~1, strata = ~region, weights = ~w, fpc = ~stratum_size, data = d)
measures <- list(better = function(x) as.numeric(x$q == "better"), rate = function(x) x$rate,
                 nps = function(x) ifelse(x$rate >= 9, 100, ifelse(x$rate >= 7, 0, -100)))
for (plan in names(plans)) for (m in names(measures)) {
  des <- plans[[plan]]; des$variables$.y <- measures[[m]](des$variables); a <- subset(des, !is.na(.y)); df <- degf(a)
  for (g in sort(unique(d$role))) {
    a$variables$.in <- a$variables$role == g; b <- svyby(~.y, ~.in, subset(a, !is.na(role)), svymean, covmat = TRUE)
    s <- svycontrast(b, c(-1, 1)); said(paste(plan, m, g, sep = " / "), coef(s), SE(s), df, rest = num(coef(b)[1]))
  }
}
finish("52_group_against_rest", "Each group against the people of all other groups (who have no group are in neither), for a share, a mean and a net promoter score; weights, strata, a population of four times each stratum.", list(weights = "w", strata = "region", population = "4 times the rows of each stratum"))
