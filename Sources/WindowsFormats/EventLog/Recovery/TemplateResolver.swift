/// Finds the template definition that a recovered record means.
///
/// Inactive for live records, whose definition stands at the stated offset. For a record out of chunk slack the offset
/// may have been overwritten since: the definition there counts only when its GUID begins with the identifier of the
/// instance and all of it can be parsed; else an image from a pool stands behind the chunk (see `TemplatePool`).
struct TemplateResolver {
  var isActive = false
  /// Whether each name's hash must fit: an overwritten name is not to be believed.
  var verifiesNames = false
  /// Definitions placed behind the chunk, by the offset that the record states.
  var placed: [Int: Int] = [:]

  func definition(_ view: ByteView, identifier: UInt32, stated: Int, inline: Int) -> Int? {
    if let image = placed[stated] { return image }
    guard view.u32(stated &+ 4) == identifier else { return nil }
    return stated
  }
}
