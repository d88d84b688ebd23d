/// What a container may ask of the machine that opens it.
///
/// When one of these is passed, a diagnostic `limitExceeded` says so and the walk goes on after the outermost container;
/// `maximumNesting` and `maximumNameBytes` pass over the one member only.
public struct ContainerLimits: Sendable, Hashable {
  /// Containers on the way to a member, the outermost included: 2 opens an archive inside an archive, and no third.
  public var maximumNesting = 2
  /// Members of one container, folders and members that are no evidence included.
  public var maximumMembers = 100_000
  /// Bytes of one unpacked member, and of standard input. Exports of events reach tens of gibibytes.
  public var maximumMemberBytes = 64 << 30
  /// Bytes unpacked from one outermost container, its inner containers included.
  public var maximumTotalBytes = 256 << 30
  /// Unpacked bytes to packed bytes over what was read of one container. A run of zeros reaches 1000:1 even with deflate.
  /// Duplicates in a solid archive, which cost next to nothing, are the reason not to go by member.
  public var maximumRatio = 500
  /// Unpacked bytes of one container below which the ratio is not looked at.
  public var ratioFloorBytes = 16 << 20
  /// Bytes of a member's name; Windows itself ends at 32 767 characters.
  public var maximumNameBytes = 32_767

  public init() {}
}
