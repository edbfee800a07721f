/// What a slice of work amounted to.
package struct TaskWork: Equatable {
  /// How many records its operators took in.
  package var records: Int
  /// How many buffers it took in.
  package var buffers: Int
}
