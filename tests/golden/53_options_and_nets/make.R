source("../waves.R")
# Answers of the same people: every pair of options, nets, net scores, boxes.
d <- panel(240, 5301); d$w <- round(exp(rnorm(240, 0, .4)), 4); options_ <- c("toil", "hours", "leave", "none")
for (o in options_[1:3]) d[[o]] <- as.integer(runif(240) < c(toil = .6, hours = .5, leave = .2)[o]); d$none <- as.integer(rowSums(d[options_[1:3]]) == 0)
d[sample(240, 14), options_] <- NA; d$likert <- sample(1:5, 240, TRUE, c(.25, .3, .15, .2, .1)); d$likert[sample(240, 12)] <- NA
d <- put(d[c("id", "role", "w", options_, "likert")]); des <- svydesign(ids = ~1, weights = ~w, data = d)
block <- subset(des, !is.na(toil)); managers <- subset(block, role == "social_worker")
for (who in c("all", "social_worker")) { g <- if (who == "all") block else managers
  s <- svymean(~toil + hours + leave + none, g)
  for (i in 1:3) for (j in (i + 1):4) { k <- rep(0, 4); k[i] <- 1; k[j] <- -1; x <- svycontrast(s, k); said(paste(who, options_[i], "minus", options_[j]), coef(x), SE(x), degf(block)) }
  g$variables$any <- as.numeric(g$variables$toil + g$variables$hours > 0); cip(paste(who, "toil or hours"), ~any, g, methods = c("logit", "beta"), df = degf(block)) }
answered <- subset(des, !is.na(likert)); v <- answered$variables$likert
answered$variables$top <- as.numeric(v >= 4); answered$variables$bottom <- as.numeric(v <= 2); answered$variables$score <- 100 * (v <= 2) - 100 * (v >= 4)
cip("likert top two", ~top, answered, methods = c("logit", "beta")); cip("likert bottom two", ~bottom, answered, methods = c("logit", "beta"))
s <- svymean(~score, answered); est("net score", s, degf(answered))
finish("53_options_and_nets", "Pairs of options of a choose-all item with their covariance, for all and for a group; nets, top and bottom boxes, and a net score.", list(weights = "w"))
