/// Groups an element's children by name while they are compiled: equal names become one array.
///
/// An open-addressing table over hashes, so that a hostile record with thousands of children costs linear time.
struct NameGroups: ~Copyable {
  struct Group {
    var hash: UInt32
    /// The first and last member, as indices of `members`.
    var first: Int32
    var last: Int32
    var count: Int32
  }
  /// A child with the node that holds its name, and the next child of the same name.
  struct Member {
    var child: Int32
    /// Node whose `offset` and `length` are the name.
    var name: Int32
    var next: Int32
  }

  var groups = FlatBuffer<Group>(capacity: 64)
  var members = FlatBuffer<Member>(capacity: 64)
  private var table = FlatBuffer<Int32>(capacity: 128)

  /// Lists of members being compiled, innermost last: a child with children of its own regroups the tables.
  private(set) var ordered = FlatBuffer<Member>(capacity: 256)

  /// Copies the grouped members to `ordered`, group after group; the first of a group has its count.
  mutating func pushOrdered() -> Range<Int> {
    let start = ordered.count
    for index in 0..<groups.count {
      var member = members[Int(groups[index].first)]
      let next = member.next
      member.next = groups[index].count
      ordered.append(member)
      var at = next
      while at >= 0 {
        ordered.append(members[Int(at)])
        at = members[Int(at)].next
      }
    }
    return start..<ordered.count
  }

  mutating func popOrdered(_ range: Range<Int>) { ordered.truncate(to: range.lowerBound) }

  mutating func begin(childCount: Int) {
    groups.truncate(to: 0)
    members.truncate(to: 0)
    var size = 16
    while size < childCount &* 2 { size &*= 2 }
    table.fill(-1, count: size)
  }

  /// Adds a child to the group of the same name, or to a new one. `name` is the node that holds the name.
  mutating func add(
    child: Int, name: Int, hash: UInt32, view: ByteView, nodes: borrowing FlatBuffer<BinXMLNode>
  ) {
    let member = Int32(members.count)
    members.append(Member(child: Int32(child), name: Int32(name), next: -1))
    let mask = table.count &- 1
    var at = Int(hash) & mask
    while table[at] >= 0 {
      let group = Int(table[at])
      let other = Int(members[Int(groups[group].first)].name)
      if groups[group].hash == hash && NameGroups.isSame(nodes[name], nodes[other], view) {
        members[Int(groups[group].last)].next = member
        groups[group].last = member
        groups[group].count &+= 1
        return
      }
      at = (at &+ 1) & mask
    }
    table[at] = Int32(groups.count)
    groups.append(Group(hash: hash, first: member, last: member, count: 1))
  }

  private static func isSame(_ one: BinXMLNode, _ other: BinXMLNode, _ view: ByteView) -> Bool {
    one.length == other.length
      && view.areEqual(Int(one.offset), Int(other.offset), unitCount: Int(one.length))
  }
}
