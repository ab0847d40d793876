using System.Collections;
using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>How one It ended.</summary>
public enum Outcome
{
    /// <summary>Never reached, which counts as failed: an exit in a test must not look like success.</summary>
    NotRun, Passed, Failed, Skipped,
}

/// <summary>What blocks and cases share: a name, the data of one -ForEach item, and where they stand.</summary>
public abstract class Node(string name, Block? parent)
{
    public Block? Parent => parent;

    public string Name { get; } = name;

    public bool Skip { get; init; }

    /// <summary>True where -ForEach gave <see cref="Item"/>.</summary>
    public bool HasItem { get; init; }

    public object? Item { get; init; }

    /// <summary>Names joined from the outermost block on.</summary>
    public string Path => parent is null || parent.Name.Length == 0 ? Name : $"{parent.Path} > {Name}";

    public bool IsSkipped => Skip || parent is { IsSkipped: true };

    /// <summary>Entries of a dictionary item, which become variables.</summary>
    public IEnumerable<DictionaryEntry> Data => Unwrapped(Item) is IDictionary table ? table.Cast<DictionaryEntry>() : [];

    public IEnumerable<Block> Ancestors
    {
        get
        {
            for (var block = parent; block is not null; block = block.Parent) yield return block;
        }
    }

    public static object? Unwrapped(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}

/// <summary>A Describe, a Context, or the file itself, whose name is empty.</summary>
public sealed class Block(string name, Block? parent, string kind, ScriptBlock? body) : Node(name, parent)
{
    /// <summary>Describe, Context or File.</summary>
    public string Kind => kind;

    public ScriptBlock? Body => body;

    public List<ScriptBlock> BeforeAll { get; } = [];

    public List<ScriptBlock> BeforeEach { get; } = [];

    public List<ScriptBlock> AfterEach { get; } = [];

    public List<ScriptBlock> AfterAll { get; } = [];

    /// <summary>Blocks and cases in the file's order.</summary>
    public List<Node> Children { get; } = [];

    public string? Failure { get; set; }

    public IEnumerable<Case> Cases => Children.SelectMany(child => child is Block block ? block.Cases : [(Case)child]);
}

/// <summary>One It, for one item of its data.</summary>
public sealed class Case(string name, Block parent, ScriptBlock body) : Node(name, parent)
{
    public ScriptBlock Body => body;

    public Outcome Outcome { get; set; }

    /// <summary>Why it failed or was skipped.</summary>
    public string Message { get; set; } = "The runner never reached this test: an exit ended the run.";
}
