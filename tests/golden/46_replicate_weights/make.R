source("../weighted.R")
set.seed(4646); d <- answers(96, 4646); d$rating[is.na(d$rating)] <- 6; d$q[is.na(d$q)] <- "no"
d$half <- rep(1:12, each = 8); d$unit <- rep(1:24, each = 4); d$manager <- as.numeric(d$role == "team_manager" | d$role == "head_of_service")
paired <- svydesign(ids = ~unit, strata = ~half, weights = ~w, data = d)
alone <- svydesign(ids = ~1, weights = ~w, data = d)
sets <- list(brr = as.svrepdesign(paired, type = "BRR"), fay = as.svrepdesign(paired, type = "Fay", fay.rho = .3),
             boot = as.svrepdesign(alone, type = "bootstrap", replicates = 20), jkn = as.svrepdesign(paired, type = "JKn"))
d <- d[c("role", "manager", "w", "q", "rating", "caseload")]
for (s in names(sets)) { w <- as.matrix(weights(sets[[s]], type = "analysis")); colnames(w) <- paste0(s, seq_len(ncol(w))); d <- cbind(d, round(w, 6)) }
d <- put(d); d$yes <- as.numeric(d$q == "yes")
say <- function(id, prefix, type, mse = FALSE, ...) {
  r <- svrepdesign(data = d, weights = ~w, repweights = paste0("^", prefix, "[0-9]+$"), type = type, combined.weights = TRUE, mse = mse, ...)
  s <- svymean(~yes + rating, r); rec(id, estimates = num(coef(s)), covariance = num(vcov(s)), df = num(degf(r)), scales = num(r$scale * r$rscales))
  ci <- confint(s, df = degf(r)); rec(paste0(id, "/rating"), ci95_t = num(ci[2, ]))
  k <- svycontrast(svyby(~rating, ~manager, r, svymean, covmat = TRUE), c(-1, 1)); rec(paste0(id, "/difference"), estimate = num(coef(k)), se = num(SE(k)))
  x <- svyratio(~rating, ~caseload, r); rec(paste0(id, "/ratio"), estimate = num(coef(x)), se = num(SE(x)))
}
say("BRR", "brr", "BRR")
say("Fay", "fay", "Fay", rho = .3)
say("bootstrap", "boot", "bootstrap")
say("bootstrap, around the estimate", "boot", "bootstrap", mse = TRUE)
say("JKn", "jkn", "JKn", scale = 1, rscales = rep(.5, 24))
finish("46_replicate_weights", "Replicate weights that come with the file: balanced half-samples, Fay's, bootstrap and jackknife; columns brr, fay, boot and jkn.", list(weights = "w", replicates = "columns"), 1e-6)
