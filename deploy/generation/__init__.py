"""What is generated from the contracts: TypeScript, the catalogue of messages, AsyncAPI, the row fold's cases."""
