# Shared by the cases of weighting: a panel with answers, strata, clusters and base weights, and its records.
source("../helpers.R")
MARGINS <- list(
  role = c(social_worker = .60, senior_practitioner = .17, team_manager = .14, head_of_service = .09),
  region = c(London = .15, North = .29, Midlands = .21, South = .24, East = .11),
  years = c("0-2" = .24, "3-5" = .21, "6-10" = .22, "11+" = .33))
answers <- function(n, seed) {
  d <- panel(n, seed)
  d$type <- sample(c("county", "city"), n, TRUE, c(.6, .4))
  d$org <- paste0(d$type, sample(1:15, n, TRUE))
  d$w <- round(exp(rnorm(n, 0, .4)), 3)
  d$q <- sample(c("yes", "no", "unsure"), n, TRUE, c(.5, .3, .2))
  d$q[runif(n) < .08] <- NA
  d$rating <- pmin(10, pmax(0, round(6 + (d$q %in% "yes") + (d$role == "team_manager") + rnorm(n, 0, 2))))
  d$rating[runif(n) < .1] <- NA
  d$caseload <- round(pmax(1, rnorm(n, 16, 5) + 3 * (d$years == "11+")), 1)
  d
}
# each margin's frequencies in a population of N, a level "none" keeping the share m that it has
frequencies <- function(margin, N, m = 0) {
  f <- data.frame(names(MARGINS[[margin]]), N * (1 - m) * MARGINS[[margin]])
  if (m > 0) f <- rbind(f, list("none", N * m))
  setNames(f, c(margin, "Freq"))
}
# everything that one weighted design says of the answers; R 4.1-1 cannot do it where answers are missing, so
# they get a value there and the weight 0 (a subset of a design whose weights were fitted keeps its rows)
speak <- function(id, r, ...) {
  df <- degf(r)
  r <- update(r, chose = ifelse(is.na(q), "no", q), rate = ifelse(is.na(rating), 0, rating), a = as.numeric(role == "social_worker"), b = as.numeric(role == "team_manager"))
  answered <- subset(r, !is.na(q)); rated <- subset(r, !is.na(rating))
  s <- svymean(~chose, answered)
  for (i in seq_along(coef(s))) rec(paste0(id, "/share/", sub("chose", "", names(coef(s))[i])), estimate = num(coef(s)[i]), se = num(SE(s)[i]))
  m <- svymean(~rate, rated); rec(paste0(id, "/mean"), estimate = num(coef(m)), se = num(SE(m)))
  t <- svytotal(~I(as.numeric(q %in% "yes")), r); rec(paste0(id, "/total"), estimate = num(coef(t)), se = num(SE(t)))
  for (one in sort(unique(r$variables$role))) { g <- svymean(~rate, subset(rated, role == one)); rec(paste0(id, "/group/", one), estimate = num(coef(g)), se = num(SE(g))) }
  k <- svyratio(~I(rate * a) + I(rate * b), ~a + b, rated, covmat = TRUE); k <- svycontrast(k, c(1, 0, 0, -1))
  rec(paste0(id, "/difference"), estimate = num(coef(k)), se = num(SE(k)))
  h <- svymean(~I(as.numeric(rate <= 6)), rated); rec(paste0(id, "/at most 6"), estimate = num(coef(h)), se = num(SE(h)))
  x <- svychisq(~chose + role, answered, statistic = "F")
  rec(paste0(id, "/rao-scott"), statistic = num(x$statistic), df1 = num(x$parameter[1]), df2 = num(x$parameter[2]), p = num(x$p.value))
  rec(paste0(id, "/weights"), weights = num(weights(r)), ...)
}
