namespace PSFineTune.Store;

/// <summary>How a model became the current one of its name.</summary>
public enum PublishAction
{
    /// <summary>It was new.</summary>
    Publish,

    /// <summary>It had been before, and was made current again.</summary>
    Undo,
}

/// <summary>One entry of the history of a name in a store: which model became the current one, when, by whom and why.</summary>
public sealed record PublishedModel
{
    /// <summary>The newest form of pointers and histories that this version reads, and the one it writes.</summary>
    public const int NewestSchema = 1;

    /// <summary>Form of the store's files.</summary>
    public int SchemaVersion { get; init; } = NewestSchema;

    /// <summary>Lower case, as in store:name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Counts the publishes of the name, from 1; one that is made current again keeps its number.</summary>
    public int Version { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the package's file.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The package's file in the store, full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Folder of the store, full path.</summary>
    public string Store { get; init; } = "";

    /// <summary>Name of the architecture.</summary>
    public string Model { get; init; } = "";

    /// <summary>The run that the model came from.</summary>
    public string RunId { get; init; } = "";

    /// <summary>Best validation accuracy of any epoch, 0 to 1; NaN where there was no validation.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>When it became current.</summary>
    public DateTimeOffset Published { get; init; }

    /// <summary>The account that made it so.</summary>
    public string By { get; init; } = "";

    /// <summary>The machine it was made so from.</summary>
    public string Host { get; init; } = "";

    public PublishAction Action { get; init; }

    /// <summary>In the words of who did it; empty for none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What a comparison said of it, such as Promote; empty for none.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>The version that was current before; null for none.</summary>
    public int? Previous { get; init; }

    /// <summary>It is what store:name means now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Its package is in the store; false where retention has removed it.</summary>
    public bool IsAvailable { get; init; }
}

/// <summary>How something is published, and what is written down of it.</summary>
sealed record Publication
{
    public string Reason { get; init; } = "";

    public string Verdict { get; init; } = "";

    /// <summary>How many versions of the name keep their packages, 1 or more; the current and the one that Undo goes back to do in any case. Null for <see cref="DefaultKeep"/>.</summary>
    public int? Keep { get; init; }

    /// <summary>What must be current for it, by the hash of its package, empty for nothing; null for whatever is.</summary>
    public string? Expected { get; init; }

    public const int DefaultKeep = 10;
}
