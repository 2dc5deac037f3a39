-- Compressed data may be in columns from here on; its first byte says so. docs/chunk-format.md describes both.
ALTER TABLE chunk RENAME COLUMN zstd_from TO packed_from;
