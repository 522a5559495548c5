source("../waves.R")
N <- 260; set.seed(5101); P <- panel(N, 5101); P <- P[order(P$id), ]; base <- rnorm(N, 6, 1.8); stays <- runif(N)
mk <- function(k, shift) { ins <- runif(N) < ifelse(stays > .4, .75, .35); n <- sum(ins)
  data.frame(P[ins, c("id", "region")], wave = k, month = c(1, 2, 3, 4, 6, 9)[k], satisfied = pmin(10, pmax(0, round(base[ins] + shift + rnorm(n)))),
             exhausted = as.integer(runif(n) < plogis(.6 - .4 * (base[ins] + shift - 6))), w = round(exp(rnorm(n, 0, .4)), 4)) }
d <- do.call(rbind, Map(mk, 1:6, c(0, .1, -.2, -.3, -.2, -.5))); d$satisfied[sample(nrow(d), 20)] <- NA; d <- put(d)
sums <- list("change 1 to 2" = c(-1, 1, 0, 0, 0, 0), "quarters" = c(-1, -1, -1, 1, 1, 1) / 3, "last against the average before" = c(-.2, -.2, -.2, -.2, -.2, 1))
times <- c(1, 2, 3, 4, 6, 9); sums$slope <- (times - mean(times)) / sum((times - mean(times))^2)
for (plan in c("plain", "stratified")) for (v in c("satisfied", "exhausted")) {
  des <- if (plan == "plain") svydesign(ids = ~id, weights = ~w, data = d) else svydesign(ids = ~id, strata = ~region, weights = ~w, data = d)
  d2 <- des; d2$variables$y <- d2$variables[[v]]; a <- subset(d2, !is.na(y)); name <- paste(plan, v)
  contrasts(name, ~y, a, sums)
  # Waves 1 and 6 alone: the persons of the whole design stay in it as units, those of the two waves give the df.
  by <- if (plan == "stratified") "region"; m <- wide(d, v, 1, 6, by); df <- nrow(m) - (if (is.null(by)) 1 else length(unique(m$region)))
  rest <- setdiff(unique(d$id), m$id); full <- merge(data.frame(id = unique(d$id)), m, all.x = TRUE); full$region <- P$region[match(full$id, P$id)]; full[is.na(full)] <- 0
  person <- if (is.null(by)) svydesign(ids = ~1, weights = rep(1, nrow(full)), data = full) else svydesign(ids = ~1, strata = ~region, weights = rep(1, nrow(full)), data = full)
  split(name, full, person, df); matched(name, m, if (!is.null(by)) ~region)
}
finish("51_linked_waves", "Six waves of one panel, about half of the members in any two: changes, averages of waves, a straight line, and waves 1 to 6 split into same people and different people; with and without strata.", list(weights = "w", ids = "id (person), repeated over wave", strata = "region"))
