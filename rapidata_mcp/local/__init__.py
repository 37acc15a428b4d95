"""The embedded platform: the REST API of the contract, a store and a simulated crowd."""
