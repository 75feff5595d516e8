"""Review: people's decisions as a log, and what the casebook looks like with the log laid over it."""
