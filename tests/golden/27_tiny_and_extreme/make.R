source("../tabulate.R")
set.seed(2701); size <- c(all_yes = 14, none = 9, one = 1, two = 2, two_alike = 2, many = 40); d <- data.frame(id = sprintf("p%02d", 1:68), team = rep(names(size), size)); d$w <- round(exp(rnorm(68, 0, .4)), 4)
d$q <- ifelse(d$team == "all_yes", "yes", ifelse(d$team == "none", "no", sample(c("yes", "no"), 68, TRUE))); d$q[d$team == "two"] <- c("yes", "no"); d$q[d$team == "two_alike"] <- "yes"; d$always <- "yes"
d$x <- round(rnorm(68, 50, 9), 1); d$x[d$team == "two_alike"] <- 44; d$silent <- ifelse(d$team == "none", NA, sample(c("a", "b"), 68, TRUE)); d$alone <- NA; d$alone[5] <- "a"
d <- put(d); des <- svydesign(ids = ~1, weights = ~w, data = d); teams <- sort(names(size))
single(list(item = "q", by = "team"), des, c("no", "yes"), teams); single(list(item = "always", by = "team"), des, "yes", teams); single(list(item = "silent", by = "team"), des, c("a", "b"), teams); single(list(item = "alone"), des, "a")
number(list(item = "x", by = "team"), des, teams)
finish("27_tiny_and_extreme", "Groups that all said yes, none, of one person, of two, of two alike; an item that everybody answers alike, one that a group leaves out, one with one answer. Shares of 0 and 1 carry Korn and Graubard's limits on Kish's effective base (a closed formula; svyciprop has none); a group of one has no limits.", list(weight = "w"), 1e-7)
