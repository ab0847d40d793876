using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>Mock: replaces a command, for the test or block it stands in, by a function with the same parameters.</summary>
[Cmdlet(VerbsCommon.Add, "PesterMock")]
public sealed class AddPesterMockCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string CommandName { get; set; } = "";

    [Parameter(Position = 1)]
    public ScriptBlock MockWith { get; set; } = ScriptBlock.Create("");

    [Parameter]
    public ScriptBlock? ParameterFilter { get; set; }

    protected override void ProcessRecord()
    {
        var run = PesterRun.Of(this);
        if (run.Discovering) throw new InvalidOperationException("Mock must stand in an It or in what runs around it, such as BeforeAll.");
        var mocked = run.Mocks.Find(CommandName) ?? run.Mocks.Add(Original());
        mocked.Behaviours.Add(new((Node?)run.Case ?? run.Block, ParameterFilter, MockWith));

        // Set where Mock stands: function and alias live in the scope of that It or BeforeAll, and go with it.
        InvokeProvider.Item.Set($"Function:\\{mocked.Function}", ScriptBlock.Create(Source(mocked)));
        InvokeProvider.Item.Set($"Alias:\\{mocked.Original.Name}", mocked.Function);
    }

    CommandInfo Original() =>
        InvokeCommand.GetCommand(CommandName, CommandTypes.Function | CommandTypes.Cmdlet)
        ?? throw new CommandNotFoundException($"Mock: there is no command '{CommandName}'.");

    static string Source(MockedCommand mocked)
    {
        var metadata = new CommandMetadata(mocked.Original);
        return $$"""
            {{ProxyCommand.GetCmdletBindingAttribute(metadata)}}
            param({{ProxyCommand.GetParamBlock(metadata)}})
            process {
                $___mocked = ${{PesterRun.Variable}}.Mocks.Find('{{mocked.Original.Name.Replace("'", "''", StringComparison.Ordinal)}}')
                $___mocked.Record(${{PesterRun.Variable}}, $PSBoundParameters)
                $PesterBoundParameters = $PSBoundParameters
                foreach ($___behaviour in $___mocked.Candidates) {
                    if ($null -eq $___behaviour.Filter -or (& $___behaviour.Filter)) {
                        & $___behaviour.Body
                        return
                    }
                }
                & $___mocked.Original @PSBoundParameters
            }
            """;
    }
}
