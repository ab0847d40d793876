namespace PSFineTune.Store;

/// <summary>
/// What Undo goes back through. A publish lays its version on top; going back to a version takes off what is newer. So a
/// second Undo goes one further back and not forth again, and a publish after an Undo is followed by what was current then.
/// </summary>
static class VersionStack
{
    /// <summary>Entries that are still beneath one another, the current last.</summary>
    /// <param name="history">Oldest first.</param>
    public static IReadOnlyList<StoreEntry> Of(IEnumerable<StoreEntry> history)
    {
        var stack = new List<StoreEntry>();
        foreach (var entry in history)
        {
            stack.RemoveAll(older => older.Version >= entry.Version);
            stack.Add(entry);
        }
        return stack;
    }

    /// <summary>The newest beneath the top that is another model than the top; null for none.</summary>
    public static StoreEntry? Previous(IReadOnlyList<StoreEntry> stack) => stack.Reverse().FirstOrDefault(entry => entry.Hash != stack[^1].Hash);
}
