source("../weighted.R")
d <- answers(412, 4141)
d$region[runif(412) < .05] <- NA
d <- put(d); d$region[is.na(d$region)] <- "none"
N <- 412; m <- sum(d$w[d$region == "none"]) / sum(d$w)
forms <- list(~role, ~region, ~years)
pm <- list(frequencies("role", N), frequencies("region", N, m), frequencies("years", N))
tight <- list(maxit = 3000, epsilon = 1e-12)
rec("margins", margins = lapply(MARGINS, as.list), total = N)
one <- svydesign(ids = ~1, weights = ~w, data = d)
speak("calibrate", calibrate(one, forms, lapply(seq_along(forms), function(i) pm[[i]]), calfun = "raking", epsilon = 1e-12, maxit = 200))
speak("rake", rake(one, forms, pm, control = tight))
many <- svydesign(ids = ~org, strata = ~type, weights = ~w, data = d, nest = TRUE)
speak("clusters", calibrate(many, forms, pm, calfun = "raking", epsilon = 1e-12, maxit = 200))
d$N <- ifelse(d$type == "county", 900, 700)
finite <- svydesign(ids = ~1, strata = ~type, fpc = ~N, weights = ~w, data = d)
speak("finite", calibrate(finite, forms, pm, calfun = "raking", epsilon = 1e-12, maxit = 200))
finish("41_raked_own_weights", "Raking from base weights, with people of no region keeping their share; errors after it in simple, clustered and finite designs, by calibrate (base weights in the regression) and by rake (without).",
  list(weights = "w before raking", ids = "row, or org in type", fpc = "county 900, city 700"), 1e-6)
