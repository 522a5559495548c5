source("../tabulate.R")
set.seed(3101); d <- data.frame(id = sprintf("p%02d", 1:61), region = rep(c("North", "South", "Isles"), c(38, 22, 1)), sex = sample(c("f", "m"), 61, TRUE)); d$N <- c(North = 300, South = 120, Isles = 1)[d$region]
d$q <- sample(c("yes", "no", NA), 61, TRUE, c(.55, .38, .07)); d$x <- round(rnorm(61, 20, 4), 1); d$q[61] <- "yes"; d <- put(d)
lonely <- tryCatch(svymean(~x, svydesign(ids = ~1, strata = ~region, weights = rep(1, 61), data = d)), error = function(e) "fails")
rec("without a population", kind = "refused", item = "x", by = NULL, r_survey.lonely.psu_fail = lonely)
des <- svydesign(ids = ~1, strata = ~region, weights = rep(1, 61), fpc = ~N, data = d); sexes <- c("f", "m")
single(list(item = "q", by = "sex"), des, c("no", "yes"), sexes); number(list(item = "x", by = "sex"), des, sexes)
finish("31_one_unit_in_a_stratum", "One person in a stratum: refused (survey.lonely.psu = 'fail'), unless that person is all of the stratum's population and so certain.", list(strata = "region", population = "N"), 1e-7)
