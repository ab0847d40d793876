using System.Management.Automation;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Get, "Variable")]
sealed class GetVariableCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    [Parameter]
    public string? Scope { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var found = WildcardPattern.ContainsWildcardCharacters(name)
                ? InvokeProvider.Item.Get("Variable:" + name).Select(item => (PSVariable)item.BaseObject).ToList()
                : Single(Scope is null ? name : $"{Scope}:{name}");
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(new(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            foreach (var variable in found)
                WriteObject(ValueOnly ? variable.Value : variable);
        }
    }

    List<PSVariable> Single(string name) => SessionState.PSVariable.Get(name) is { } variable ? [variable] : [];
}

[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
sealed class SetVariableCommand : PSCmdlet
{
    readonly List<object?> _values = [];

    [Parameter(Position = 0, Mandatory = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter, ValidateSet("Global", "Script", "Local")]
    public string? Scope { get; set; }

    protected override void ProcessRecord() => _values.Add(Value);

    protected override void EndProcessing()
    {
        foreach (var name in Name)
            if (ShouldProcess($"Name: {name}", "Set variable"))
                SessionState.PSVariable.Set(Scope is null ? name : $"{Scope}:{name}", _values.Count == 1 ? _values[0] : _values.ToArray());
    }
}

[Cmdlet(VerbsCommon.Remove, "Variable")]
sealed class RemoveVariableCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
            if (SessionState.PSVariable.Get(name) is null)
                WriteError(new(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            else
                SessionState.PSVariable.Remove(name);
    }
}

[Cmdlet(VerbsCommon.Get, "Alias"), OutputType(typeof(AliasInfo))]
sealed class GetAliasCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var found = InvokeCommand.GetCommands(name, CommandTypes.Alias, nameIsPattern: true).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(new(new ItemNotFoundException($"This command cannot find a matching alias because an alias with the name '{name}' does not exist."), "ItemNotFoundException", ErrorCategory.ObjectNotFound, name));
            WriteObject(found, enumerateCollection: true);
        }
    }
}
