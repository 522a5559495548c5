# Shared by the cases of waves: long data (a row a person and wave), persons as clusters, so that the waves covary.
source("../helpers.R")
LEVEL <- .95
said <- function(id, estimate, se, df, ...) {
  reach <- qt((1 + LEVEL) / 2, df) * se
  rec(id, ..., estimate = num(estimate), se = num(se), df = num(df), limits = num(c(estimate - reach, estimate + reach)),
      p = num(2 * pt(-abs(estimate / se), df)))
}
# Any sums of waves: `sums` is a named list of coefficients, one a wave.
contrasts <- function(name, f, des, sums) {
  b <- svyby(f, ~wave, des, svymean, covmat = TRUE); rec(paste0(name, "/waves"), estimates = num(coef(b)), vcov = lapply(seq_along(coef(b)), function(i) num(vcov(b)[i, ])))
  for (one in names(sums)) { s <- svycontrast(b, sums[[one]]); said(paste0(name, "/", one), coef(s), SE(s), degf(des)) }
}
# A wide row a person: weights u, v and answers y1, y2 of two waves, 0 where there is none.
wide <- function(d, column, first, second, by = NULL) {
  one <- function(k) { x <- d[d$wave == k & !is.na(d[[column]]), c("id", by, "w", column)]; names(x)[names(x) == "w"] <- "weight"; names(x)[names(x) == column] <- "y"; x }
  m <- merge(one(first), one(second), by = c("id", by), all = TRUE, suffixes = c("1", "2"))
  m$both <- as.numeric(!is.na(m$weight1) & !is.na(m$weight2)); m[is.na(m)] <- 0; m
}
# The parts of a net change as smooth functions of weighted totals over the persons of the whole design (delta method).
split <- function(name, m, des, df) {
  x <- list(v = m$weight2, vy = m$weight2 * m$y2, u = m$weight1, uy = m$weight1 * m$y1, bv = m$both * m$weight2,
            bvy2 = m$both * m$weight2 * m$y2, bvy1 = m$both * m$weight2 * m$y1, bu = m$both * m$weight1, buy1 = m$both * m$weight1 * m$y1)
  for (k in names(x)) des$variables[[k]] <- x[[k]]
  t <- svytotal(as.formula(paste("~", paste(names(x), collapse = "+"))), des)
  parts <- list(net = quote(vy / v - uy / u), different = quote(vy / v - uy / u - bvy2 / bv + bvy1 / bv), joined = quote(vy / v - bvy2 / bv),
                left = quote(buy1 / bu - uy / u), reweighted = quote(bvy1 / bv - buy1 / bu))
  for (k in names(parts)) { s <- svycontrast(t, parts[[k]]); if (num(SE(s)) > 1e-12) said(paste0(name, "/", k), coef(s), SE(s), df) }
}
matched <- function(name, m, strata = NULL) {
  m <- m[m$both == 1, ]; m$moved <- m$y2 - m$y1
  p <- svydesign(ids = ~1, strata = strata, weights = ~weight2, data = m); s <- svymean(~moved, p)
  said(paste0(name, "/same"), coef(s), SE(s), degf(p), pairs = nrow(m))
}
