using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>The commands that are replaced, what replaces them, and how they were called.</summary>
public sealed class MockTable
{
    readonly Dictionary<string, MockedCommand> _commands = new(StringComparer.OrdinalIgnoreCase);

    public MockedCommand? Find(string name) => _commands.GetValueOrDefault(name);

    internal MockedCommand Add(CommandInfo original) =>
        Find(original.Name) ?? (_commands[original.Name] = new(original, $"PesterMock_{_commands.Count}"));

    /// <summary>Forgets what a test or block replaced; the stand-in itself goes with PowerShell's scope.</summary>
    internal void Leave(Node node)
    {
        foreach (var command in _commands.Values) command.Behaviours.RemoveAll(behaviour => behaviour.Owner == node);
    }
}

/// <summary>One replaced command.</summary>
public sealed class MockedCommand(CommandInfo original, string function)
{
    public CommandInfo Original => original;

    /// <summary>The function that stands in.</summary>
    public string Function => function;

    internal List<Behaviour> Behaviours { get; } = [];

    internal List<MockedCall> Calls { get; } = [];

    /// <summary>In the order they are asked: those with a filter first, the latest first.</summary>
    public IEnumerable<Behaviour> Candidates => [.. Behaviours.Reverse<Behaviour>().OrderBy(behaviour => behaviour.Filter is null)];

    public void Record(PesterRun run, IDictionary<string, object?> bound) =>
        Calls.Add(new(run.Case, run.Block, new Dictionary<string, object?>(bound)));
}

/// <summary>What a replaced command does, for the calls that pass its filter.</summary>
public sealed record Behaviour(Node Owner, ScriptBlock? Filter, ScriptBlock Body);

/// <summary>One call of a replaced command: where it happened and what was bound.</summary>
sealed record MockedCall(Case? Case, Block Block, Dictionary<string, object?> Bound)
{
    /// <summary>Of the test at hand, or of the nearest block of that kind; in a block's own code, of that block.</summary>
    public bool IsWithin(PesterRun run, string? scope) => scope switch
    {
        null or "It" when run.Case is { } test => Case == test,
        null => IsIn(run.Block),
        "It" => throw new InvalidOperationException("-Scope It is for code within an It."),
        _ => IsIn(Enclosing(run.Block, scope)),
    };

    public bool Passes(ScriptBlock? filter)
    {
        if (filter is null) return true;
        List<PSVariable> variables = [.. Bound.Select(pair => new PSVariable(pair.Key, pair.Value)), new("PesterBoundParameters", Bound)];
        var said = filter.InvokeWithContext(null, variables);
        return said.Count > 0 && LanguagePrimitives.IsTrue(said.Count == 1 ? said[0] : said);
    }

    bool IsIn(Block block) => Block == block || Block.Ancestors.Contains(block);

    static Block Enclosing(Block block, string kind) =>
        block.Kind == kind ? block : block.Ancestors.FirstOrDefault(outer => outer.Kind == kind) ?? throw new InvalidOperationException($"There is no {kind} around this.");
}
