namespace PSFineTune;

/// <summary>
/// Every public concrete <typeparamref name="T"/> in this assembly, by name. JSON, tab completion, listings and the
/// shared tests all read this one list, so a new op, model, optimizer or schedule is one new file.
/// </summary>
public static class Catalog<T> where T : class
{
    static readonly SortedDictionary<string, Type> s_types = new(
        typeof(T).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
            .ToDictionary(type => type.Name),
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => s_types.Keys;

    public static IEnumerable<Type> Types => s_types.Values;

    /// <summary>The kind of that name with its defaults; upper and lower case are the same.</summary>
    /// <exception cref="FineTuneException">UnknownName, with the nearest known one.</exception>
    public static T Create(string name) =>
        s_types.TryGetValue(name, out var type)
            ? (T)Activator.CreateInstance(type)!
            : throw Fault.Unknown(typeof(T).Name, name, Names);
}
