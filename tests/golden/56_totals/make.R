source("../waves.R")
# Population totals of an answer and of a number, for all and for each role; a missing answer is a domain.
LEVEL <- .95; d <- panel(260, 5601); d$w <- round(1237 / 260 * exp(rnorm(260, 0, .4)), 4); d$role[sample(260, 12)] <- NA
d$q <- sample(c("no", "not for me", "yes"), 260, TRUE, c(.4, .15, .45)); d$q[sample(260, 14)] <- NA
d$hours <- round(rgamma(260, 4, .5), 1); d$hours[sample(260, 17)] <- NA
d$org <- paste(d$region, sample(1:14, 260, TRUE))
d <- put(d[c("id", "role", "region", "org", "w", "q", "hours")]); d$N <- c(table(d$region))[d$region] * 3
plans <- list(plain = svydesign(ids = ~1, weights = ~w, data = d),
              finite = svydesign(ids = ~1, strata = ~region, weights = ~w, fpc = ~N, data = d),
              clustered = svydesign(ids = ~org, strata = ~region, weights = ~w, data = d))
measures <- list(yes = function(x) as.numeric(x$q == "yes"), hours = function(x) x$hours)
for (plan in names(plans)) for (m in names(measures)) {
  des <- plans[[plan]]; des$variables$.y <- measures[[m]](des$variables); a <- subset(des, !is.na(.y)); df <- degf(a)
  one <- function(name, g) { s <- svytotal(~.y, g); said(paste(plan, m, name, sep = " / "), coef(s), SE(s), df) }
  one("all", a); for (g in sort(unique(d$role))) one(g, subset(a, role %in% g))
  if (m == "yes") { b <- subset(a, q != "not for me"); s <- svymean(~.y, b); ci <- num(attr(svyciprop(~.y, b, method = "logit", df = df), "ci"))
    rec(paste(plan, "yes / of those to whom it applies", sep = " / "), estimate = num(coef(s)), se = num(SE(s)), df = df, ci95 = list(logit = ci)) }
}
finish("56_totals", "Totals of an answer and of a number, for all and by role, and a share of those to whom a question applies; plain, strata with a population, clusters in strata.", list(weights = "w", strata = "region", cluster = "org", population = "3 times the rows of each stratum"))
