// Who runs programs writes them too: one import serves both.
@_exported public import DataStreamAPI
