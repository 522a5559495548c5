source("../tabulate.R")
d <- panel(135, 3001); d$q <- sample(c("every week", "once a fortnight", "never", NA), 135, TRUE, c(.66, .2, .1, .04)); d$rate <- sample(c(0:10, NA), 135, TRUE)
d$order <- sapply(1:135, function(i) paste(sample(c("A", "B", "C", "D"), 3), collapse = ">")); d$order[sample(135, 9)] <- NA
d <- put(d[c("id", "role", "q", "rate", "order")]); des <- svydesign(ids = ~1, fpc = rep(1237, 135), weights = rep(1, 135), data = d); roles <- sort(unique(d$role))
single(list(item = "q", by = "role"), des, sort(unique(na.omit(d$q))), roles); rating(list(item = "rate", by = "role"), des, 0:10, roles)
a <- subset(des, !is.na(order)); everywhere(list(item = "order", by = "role"), a, roles, function(t, v, g, df) for (o in c("A", "B", "C", "D")) {
  at <- regexpr(o, g$variables$order); rank <- ifelse(at > 0, (at + 1) / 2, NA); share(t, v, o, rank %in% 1, g, df); share(t, v, o, !is.na(rank), g, df, "top") })
for (o in c("A", "B", "C", "D")) { placed <- only(a, grepl(o, a$variables$order)); everywhere(list(item = "order", by = "role"), placed, roles, function(t, v, g, df) middle(t, v, (regexpr(o, g$variables$order) + 1) / 2, g, df, option = o)) }
finish("30_unweighted_population", "No weights, the finite population correction by one number (1,237 mailed): a single choice, a rating and a ranking of three out of four by role. The mean place is of those who placed the option.", list(population = 1237, kinds = list(order = "ranking")), 1e-7)
