source("../tabulate.R")
d <- panel(230, 2901); N <- 1237; d$w <- round(exp(rnorm(230, 0, .45)), 4); d$years[sample(230, 19)] <- NA; opts <- c("flexible", "toil", "part_time", "none"); p <- c(.55, .7, .3)
m <- sapply(p, function(p) as.integer(runif(230) < p - .2 * (d$role == "team_manager"))); m <- cbind(m, as.integer(rowSums(m) == 0)); m[sample(230, 18), ] <- NA; m[which(m[, 4] == 1)[1:3], 4] <- 0
colnames(m) <- paste0("uses/", opts); d <- cbind(d[c("id", "role", "years", "w")], m); write.csv(d, "data.csv", row.names = FALSE, na = ""); des <- svydesign(ids = ~1, weights = ~w, fpc = rep(N, 230), data = d)
a <- only(des, !is.na(d$`uses/toil`))
for (by in c("role", "years")) { t <- list(item = "uses", by = by); gs <- if (by == "years") c("0-2", "3-5", "6-10", "11+") else sort(unique(d$role))
  everywhere(t, a, gs, function(t, v, g, df) for (o in opts) share(t, v, o, g$variables[[paste0("uses/", o)]] == 1, g, df))
  tests(lapply(opts, function(o) independence(t, a, a$variables[[paste0("uses/", o)]], o))); differences(t, "share", a, setNames(lapply(opts, function(o) a$variables[[paste0("uses/", o)]]), opts), gs) }
finish("29_choose_all_by_group", "0/1 columns of one choose-all item (a row of zeros is an answer) by role and by years, a population given as one number, weights; one Rao-Scott test an option, Holm over the options; pairs of groups.", list(weight = "w", population = 1237), 1e-6)
