namespace PSFineTune.Store;

/// <summary>A model by its name in a store, as users write it: store:name, or store:folder/name.</summary>
/// <param name="Folder">Of the store, as it was written; null for the store of this machine.</param>
/// <param name="Name">Of the model.</param>
sealed record StoreReference(string? Folder, string Name)
{
    /// <summary>Environment variable that names the store of this machine.</summary>
    public const string Variable = "PSFINETUNE_STORE";

    const string Prefix = "store:";

    /// <summary>Whether the environment names the store of this machine.</summary>
    public static bool IsNamed => Workspace.NamedBy(Variable) is not null;

    /// <summary>Whether a text is written as one.</summary>
    public static bool Is(object? given) => given is string text && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FineTuneException">BadModelName.</exception>
    public static StoreReference Parse(string text)
    {
        var rest = text[Prefix.Length..];
        var cut = rest.AsSpan().LastIndexOfAny('/', '\\');
        // The separator of a root is part of its name: / and C:\.
        return new(cut < 0 ? null : rest[..(cut == 0 || rest[cut - 1] == ':' ? cut + 1 : cut)], StoreName.Of(rest[(cut + 1)..]));
    }

    /// <summary>$env:PSFINETUNE_STORE, else the folder store of the workspace; full path, not made yet.</summary>
    public static string DefaultFolder(string workspace) =>
        Workspace.NamedBy(Variable) ?? Path.GetFullPath(Path.Combine(workspace, "store"));

    /// <param name="workspace">Whose store it is where the reference names none.</param>
    public ModelStore StoreIn(string workspace) => new(Folder ?? DefaultFolder(workspace));

    public override string ToString() => Folder is null ? $"{Prefix}{Name}" : $"{Prefix}{Folder.TrimEnd('/', '\\')}/{Name}";
}
