using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>A word that stands in a block while the file is discovered.</summary>
public abstract class DiscoveryWord : PSCmdlet
{
    private protected PesterRun Run
    {
        get
        {
            var run = PesterRun.Of(this);
            return run.Discovering ? run : throw new InvalidOperationException($"{MyInvocation.InvocationName} must stand in the file or in a Describe or Context, not in code that a test runs.");
        }
    }
}

/// <summary>Describe and Context: a block of tests.</summary>
[Cmdlet(VerbsCommon.Add, "PesterBlock")]
public sealed class AddPesterBlockCommand : DiscoveryWord
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Fixture { get; set; } = null!;

    [Parameter, AllowEmptyCollection, AllowNull]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void ProcessRecord()
    {
        var (run, parent) = (Run, Run.Block);
        foreach (var item in MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)) ? ForEach ?? [] : [null])
        {
            var block = new Block(Template.Filled(Name, item, parent), parent, char.ToUpperInvariant(MyInvocation.InvocationName[0]) == 'D' ? "Describe" : "Context", Fixture)
            {
                Skip = Skip,
                HasItem = MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)),
                Item = item,
            };
            parent.Children.Add(block);
            run.Block = block;
            List<PSVariable> data = [.. block.Data.Select(entry => new PSVariable($"{entry.Key}", entry.Value))];
            if (block.HasItem) data.Add(new("_", item));
            // In a try, for an unknown command must end the file, not just its statement.
            ScriptBlock.Create($"try {{ . ${PesterRun.Variable}.Block.Body }} catch {{ ${PesterRun.Variable}.FailDiscovery($_) }}").InvokeWithContext(null, data);
            run.Block = parent;
        }
    }
}

/// <summary>It: a test, once for each item of its data.</summary>
[Cmdlet(VerbsCommon.Add, "PesterCase")]
public sealed class AddPesterCaseCommand : DiscoveryWord
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Test { get; set; } = null!;

    [Parameter, Alias("TestCases"), AllowEmptyCollection, AllowNull]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void ProcessRecord()
    {
        var block = Run.Block;
        if (block.Parent is null) throw new InvalidOperationException($"It '{Name}' must stand in a Describe or Context.");
        var given = MyInvocation.BoundParameters.ContainsKey(nameof(ForEach));
        foreach (var item in given ? ForEach ?? [] : [null])
            block.Children.Add(new Case(Template.Filled(Name, item, block), block, Test) { Skip = Skip, HasItem = given, Item = item });
    }
}

/// <summary>BeforeAll, BeforeEach, AfterEach, AfterAll: what runs around the tests of a block; BeforeDiscovery runs at once.</summary>
[Cmdlet(VerbsCommon.Add, "PesterSetup")]
public sealed class AddPesterSetupCommand : DiscoveryWord
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Scriptblock { get; set; } = null!;

    protected override void ProcessRecord()
    {
        var block = Run.Block;
        if (MyInvocation.InvocationName.Equals("BeforeDiscovery", StringComparison.OrdinalIgnoreCase))
        {
            // In the scope of the file, which goes on to use what it sets.
            InvokeCommand.InvokeScript(false, ScriptBlock.Create($"try {{ . $args[0] }} catch {{ ${PesterRun.Variable}.FailDiscovery($_) }}"), null, Scriptblock);
            return;
        }
        (MyInvocation.InvocationName.ToUpperInvariant() switch
        {
            "BEFOREALL" => block.BeforeAll,
            "BEFOREEACH" => block.BeforeEach,
            "AFTEREACH" => block.AfterEach,
            _ => block.AfterAll,
        }).Add(Scriptblock);
    }
}

/// <summary>Set-ItResult -Skipped: leaves a test that turns out not to apply.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public SwitchParameter Skipped { get; set; }

    [Parameter]
    public string Because { get; set; } = "";

    protected override void ProcessRecord() =>
        ThrowTerminatingError(new(new SkippedException(Because), "PesterTestSkipped", ErrorCategory.InvalidResult, null));
}
