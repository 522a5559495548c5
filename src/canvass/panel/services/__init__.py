"""What is done with a panel and its members, by noun. Each verb writes the stores in one order: ballots
(standing), identity (address, letters), desk (member, history, consent, audit). A crash between two of
them is mended by upkeep.reconcile, which trusts the store that is written first."""
