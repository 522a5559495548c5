# survey::rake on the panel: Rscript rake.R FOLDER
suppressPackageStartupMessages({library(survey); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
targets <- fromJSON(file.path(folder, "targets.json"))
size <- file.size(file.path(folder, "codes.bin"))
codes <- matrix(readBin(file.path(folder, "codes.bin"), "integer", size, 1), ncol = length(targets))
d <- as.data.frame(codes); names(d) <- names(targets)
for (v in names(targets)) d[[v]] <- factor(d[[v]], seq_along(targets[[v]]) - 1)
n <- nrow(d)
des <- svydesign(ids = ~1, weights = rep(1, n), data = d)
forms <- lapply(names(targets), function(v) as.formula(paste0("~", v)))
pop <- lapply(names(targets), function(v) setNames(data.frame(levels(d[[v]]), n * targets[[v]]), c(v, "Freq")))
t <- system.time(r <- rake(des, forms, pop, control = list(maxit = 100, epsilon = 1e-9)))
w <- weights(r) / sum(weights(r))
error <- max(sapply(names(targets), function(v) max(abs(tapply(w, d[[v]], sum) / targets[[v]] - 1))))
peak <- as.numeric(gsub("\\D", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(toJSON(list(processor = t[[1]] + t[[2]], wall = t[[3]], memory = peak, error = error), auto_unbox = TRUE, digits = NA), "\n")
