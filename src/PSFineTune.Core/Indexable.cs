namespace PSFineTune;

/// <summary>Lists that scripts see.</summary>
static class Indexable
{
    /// <summary>The list as PowerShell can index it: of the lists that the compiler makes for [..], $list[0] is nothing.</summary>
    public static IReadOnlyList<T> ToIndexable<T>(this IReadOnlyList<T> list) => list is null or T[] or List<T> ? list! : list.ToArray();
}
