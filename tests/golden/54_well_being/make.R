source("../waves.R")
# The four ONS questions: means and official bands, with the population mailed.
d <- panel(190, 5401); items <- c("satisfied", "worthwhile", "happy", "anxious"); mood <- rnorm(190)
for (i in seq_along(items)) { d[[items[i]]] <- pmin(10, pmax(0, round(c(7, 7.4, 7, 3.6)[i] + c(1, 1, 1, -1)[i] * mood * 1.2 + rnorm(190, 0, 1.5)))); d[[items[i]]][sample(190, 4 + i)] <- NA }
d$w <- round(exp(rnorm(190, 0, .35)), 4); d <- put(d[c("id", "role", "w", items)]); des <- svydesign(ids = ~1, weights = ~w, fpc = rep(1237, 190), data = d)
bands <- list(c("low", 0, 4), c("medium", 5, 6), c("high", 7, 8), c("very high", 9, 10)); anxiety <- list(c("very low", 0, 1), c("low", 2, 3), c("medium", 4, 5), c("high", 6, 10))
for (v in items) { g <- des; g$variables$y <- g$variables[[v]]; g <- subset(g, !is.na(y)); est(paste0(v, "/mean"), svymean(~y, g), degf(g), base = nrow(g))
  for (b in if (v == "anxious") anxiety else bands) { g$variables$inside <- as.numeric(g$variables$y >= as.numeric(b[2]) & g$variables$y <= as.numeric(b[3])); cip(paste(v, b[1], sep = "/"), ~inside, g, methods = c("logit", "beta"), count = sum(g$variables$inside))
    m <- svyby(~inside, ~role, g, svymean, covmat = TRUE); k <- as.numeric(names(coef(m)) == "social_worker") - as.numeric(names(coef(m)) == "team_manager"); x <- svycontrast(m, k)
    said(paste(v, b[1], "social workers minus team managers", sep = "/"), coef(x), SE(x), degf(g)) } }
finish("54_well_being", "ONS4: means and the official bands (anxiety has its own), the difference of two roles in each band; 190 answers of 1,237 mailed.", list(weights = "w", population = 1237))
