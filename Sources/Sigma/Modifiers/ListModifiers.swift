extension SigmaModifier {
  /// All values must match, not any of them.
  static let allValues = SigmaModifier("all", list: { linking in linking.needsAll = true })

  /// None of the values matches (with `all`: not all of them). A field that is missing is unequal to everything.
  static let neq = SigmaModifier("neq", list: { linking in linking.isNegated = true })
}
