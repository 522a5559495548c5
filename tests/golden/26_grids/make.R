source("../tabulate.R")
d <- panel(180, 2601); d$w <- round(exp(rnorm(180, 0, .4)), 4); na <- "Not part of my role"
f <- function(p) { x <- as.character(sample(0:10, 180, TRUE, c(1, 1, 2, 2, 3, 5, 6, 8, 7, 4, 3))); x[runif(180) < p] <- na; x[runif(180) < .07] <- NA; x }
g <- function() sample(c("too much", "about right", "not enough", NA), 180, TRUE, c(.3, .4, .2, .1))
d$`challenges/availability` <- f(.1); d$`challenges/geography` <- f(.35); d$`challenges/budget` <- f(.02); d$`time/supervision` <- g(); d$`time/travelling` <- g()
d <- d[c("id", "role", "w", "challenges/availability", "challenges/geography", "challenges/budget", "time/supervision", "time/travelling")]
write.csv(d, "data.csv", row.names = FALSE, na = ""); des <- svydesign(ids = ~1, weights = ~w, data = d); roles <- sort(unique(d$role)); o <- c("too much", "about right", "not enough")
for (r in c("availability", "geography", "budget")) { t <- list(item = "challenges", row = r, by = "role"); x <- d[[paste0("challenges/", r)]]; des$variables$.y <- x; des$variables$.v <- suppressWarnings(as.numeric(x))
  everywhere(t, only(des, !is.na(x)), roles, function(t, v, g, df) { for (p in as.character(0:10)) share(t, v, p, g$variables$.y == p, g, df); share(t, v, "not_applicable", g$variables$.y == na, g, df) })
  everywhere(t, only(des, !is.na(des$variables$.v)), roles, function(t, v, g, df) { middle(t, v, g$variables$.v, g, df); quantiles(t, v, g$variables$.v, g, df, .5) })
  tests(list(independence(t, des, x))); a <- only(des, !is.na(des$variables$.v)); differences(t, "mean", a, list(a$variables$.v), roles) }
for (r in c("supervision", "travelling")) { t <- list(item = "time", row = r, by = "role"); v <- paste0("time/", r); single(t, des, o, roles, v); tests(list(independence(t, des, d[[v]])))
  a <- only(des, !is.na(d[[v]])); differences(t, "share", a, chosen_columns(a, o, v), roles) }
finish("26_grids", "A grid of ratings with 'not applicable' (a category of the base; means and medians of those to whom it applies, on their own degrees of freedom) and a grid of single choices; each row has its own base.", list(weight = "w", poll = "poll.yaml"), 1e-7)
