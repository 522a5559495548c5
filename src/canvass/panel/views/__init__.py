"""Pages of the panel: sign-up, a member's own page, and the desk's."""
