# Shared by the cases 21 and on: one record a row of a table of `canvass tabulate`, made by R's survey package.
# A record names its place (item, row, by, group, statistic, option, q) and holds base, n, estimate, se, df and the
# limits. Shares carry both limits (logit, beta) and the name of the one that the house's rule shows.
source("../helpers.R")
LEVEL <- .95
only <- function(g, kept) { g$variables$.kept <- kept; subset(g, .kept) }
kish <- function(g) { w <- weights(g); sum(w)^2 / sum(w^2) }
finite <- function(x) if (length(x) == 1 && is.finite(x)) x else NULL
place <- function(table, group, statistic, option, q, ...) {
  said <- c(table$item, table$row, table$by, group, statistic, option, q)
  do.call(rec, c(list(id = paste(said, collapse = " / "), item = table$item, row = table$row, by = table$by,
                      group = group, statistic = statistic, option = option, q = q), list(...)))
}
bases <- function(g) list(base = nrow(g), effective_base = kish(g))
# Korn and Graubard where svyciprop has none: nobody or everybody. Kish's effective base, t-adjusted like theirs.
edge <- function(p, g) {
  tail <- (1 - LEVEL) / 2; n <- kish(g)
  if (degf(g) != nrow(g) - 1) n <- n * (qt(tail, nrow(g) - 1) / qt(tail, degf(g)))^2
  if (p == 0) c(0, qbeta(1 - tail, 1, n)) else c(qbeta(tail, n, 1), 1)
}
share <- function(table, group, option, chosen, g, df, statistic = "share") {
  g$variables$.ind <- as.numeric(chosen); n <- sum(chosen)
  if (n == 0 || n == nrow(g)) {
    p <- as.numeric(n > 0); own <- degf(g) >= 1 || degf(g) == nrow(g) - 1
    return(place(table, group, statistic, option, NULL, bases = bases(g), n = n, estimate = p, se = 0, df = df,
                 shown = if (own) "korn-graubard", limits = list(`korn-graubard` = if (own) edge(p, g))))
  }
  s <- svymean(~.ind, g, deff = "replace"); p <- num(coef(s))
  limits <- list(logit = num(attr(svyciprop(~.ind, g, method = "logit", df = df, level = LEVEL), "ci")),
                 `korn-graubard` = num(attr(svyciprop(~.ind, g, method = "beta", level = LEVEL), "ci")))
  near <- min(nrow(g) * p, nrow(g) * (1 - p)) < 10 || kish(g) < 30
  place(table, group, statistic, option, NULL, bases = bases(g), n = n, estimate = p, se = num(SE(s)), df = df,
        shown = if (near) "korn-graubard" else "logit", limits = limits, deff = finite(num(deff(s))))
}
middle <- function(table, group, x, g, df, statistic = "mean", option = NULL) {
  g$variables$.x <- x; s <- svymean(~.x, g)
  ci <- if (degf(g) >= 1) num(confint(s, df = df, level = LEVEL))
  d <- if (nrow(g) > 1 && length(unique(x)) > 1) finite(num(deff(svymean(~.x, g, deff = "replace"))))
  place(table, group, statistic, option, NULL, bases = bases(g), n = nrow(g), estimate = num(coef(s)), se = num(SE(s)),
        df = df, shown = if (!is.null(ci)) "t", limits = list(t = ci), deff = d)
}
# The math rule as later versions of survey have it: below the first person's part of the weights lies the lowest
# value. 4.1-1 returns the second lowest there (it asks wlow == 0 where later versions ask wlow <= 0).
math <- function(x, w, p) { q <- survey:::qs(x, w, p); if (q$wlow <= 0) q$qlow else q$qup }
quantiles <- function(table, group, x, g, df, qs = c(.5, .1, .25, .75, .9)) {
  g$variables$.x <- x
  for (q in qs) {
    r <- svyquantile(~.x, g, q, qrule = math, interval.type = "mean", df = df, alpha = 1 - LEVEL)$.x
    if (degf(g) < 1) r[1, 2:4] <- NA  # R gives one person's value as both limits
    place(table, group, if (q == .5) "median" else "quantile", NULL, if (q != .5) q, bases = bases(g), n = nrow(g),
          estimate = num(r[1, 1]), se = finite(num(r[1, 4])), df = df, shown = "woodruff",
          limits = list(woodruff = list(finite(num(r[1, 2])), finite(num(r[1, 3])))))
  }
}
# All and every group: `rows` is called with (table, group, design of those who answered, df of the item).
everywhere <- function(table, answered, groups, rows) {
  df <- degf(answered); rows(table, NULL, answered, df)
  for (v in groups) { g <- only(answered, answered$variables[[table$by]] %in% v); if (nrow(g)) rows(table, v, g, df) }
}
single <- function(table, des, options, groups = NULL, column = table$item) {
  answered <- only(des, !is.na(des$variables[[column]]))
  everywhere(table, answered, groups, function(t, v, g, df)
    for (o in options) share(t, v, o, g$variables[[column]] == o, g, df))
}
rating <- function(table, des, points, groups = NULL, column = table$item, nps = FALSE) {
  answered <- only(des, !is.na(des$variables[[column]]))
  everywhere(table, answered, groups, function(t, v, g, df) {
    x <- g$variables[[column]]; middle(t, v, x, g, df); quantiles(t, v, x, g, df, .5)
    for (p in points) share(t, v, as.character(p), x == p, g, df)
    if (nps) middle(t, v, ifelse(x >= 9, 100, ifelse(x >= 7, 0, -100)), g, df, "nps")
  })
}
number <- function(table, des, groups = NULL) {
  answered <- only(des, !is.na(des$variables[[table$item]]))
  everywhere(table, answered, groups, function(t, v, g, df) {
    x <- g$variables[[t$item]]; middle(t, v, x, g, df); quantiles(t, v, x, g, df) })
}
# Rao and Scott's second-order F: `des` is the whole design, or those who answered the block of a choose-all item.
independence <- function(table, des, x, option = NULL) {
  des$variables$.x <- x; des$variables$.g <- des$variables[[table$by]]
  # Too many empty cells: R's matrix is singular and it stops; there is no test.
  t <- tryCatch(svychisq(~.x + .g, des, statistic = "F"), error = function(e) list(statistic = NA, parameter = c(NA, NA), p.value = NA))
  list(item = table$item, row = table$row, by = table$by, option = option, F = num(t$statistic), df1 = num(t$parameter[1]),
       df2 = num(t$parameter[2]), p = num(t$p.value))
}
tests <- function(found) {
  adjusted <- p.adjust(sapply(found, `[[`, "p"), "holm")
  for (i in seq_along(found)) do.call(rec, c(list(
    id = paste(c("test", found[[i]]$item, found[[i]]$row, found[[i]]$by, found[[i]]$option), collapse = " / "), kind = "test"),
    found[[i]], list(p_adjusted = adjusted[i])))
}
# Every pair of groups in each column of `xs` (named by option), domains of one design with their covariance.
differences <- function(table, statistic, answered, xs, groups) {
  df <- degf(answered); found <- list()
  for (o in seq_along(xs)) {
    answered$variables$.x <- as.numeric(xs[[o]]); answered$variables$.g <- factor(answered$variables[[table$by]], levels = groups)
    b <- svyby(~.x, ~.g, answered, svymean, covmat = TRUE)
    for (i in seq_along(groups)) for (j in seq_along(groups)) if (i < j) {
      k <- rep(0, length(groups)); k[i] <- 1; k[j] <- -1
      s <- svycontrast(b, k); t <- num(coef(s) / SE(s)); ci <- num(confint(s, df = df, level = LEVEL))
      found[[length(found) + 1]] <- list(option = names(xs)[o], a = groups[i], b = groups[j], estimate = num(coef(s)),
        se = num(SE(s)), df = df, limits = ci, p = num(2 * pt(-abs(t), df)))
    }
  }
  adjusted <- p.adjust(sapply(found, `[[`, "p"), "holm")
  for (i in seq_along(found)) { f <- found[[i]]; do.call(rec, c(list(
    id = paste(c(table$item, table$row, table$by, statistic, f$option, f$a, "minus", f$b), collapse = " / "), kind = "difference",
    item = table$item, row = table$row, by = table$by, statistic = statistic), f, list(p_adjusted = adjusted[i]))) }
}
chosen_columns <- function(answered, options, column) { v <- answered$variables[[column]]; setNames(lapply(options, function(o) v == o), options) }
