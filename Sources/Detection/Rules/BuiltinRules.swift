/// The rules that are part of the program: the files of `Rules/`, put in when it was built.
public enum BuiltinRules {
  /// The files by their path below `Rules/`, in order of path.
  public static var files: [(path: String, text: [UInt8])] { EmbeddedRules.files }
}
