using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.New, "Object")]
sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1), Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void ProcessRecord()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            var error = new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded.");
            ThrowTerminatingError(new(error, "TypeNotFound", ErrorCategory.InvalidType, TypeName));
        }
        try
        {
            WriteObject(Made(type));
        }
        catch (MethodException error)
        {
            ThrowTerminatingError(new(error, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation, type));
        }
    }

    PSObject Bag()
    {
        var bag = new PSObject();
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
            bag.Properties.Add(new PSNoteProperty(LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value));
        return bag;
    }

    object Made(Type type)
    {
        if (type == typeof(PSObject))
            return Bag();
        // The engine's own binder chooses the constructor, as it does for [type]::new().
        var made = PSObject.AsPSObject(InvokeCommand.InvokeScript("param($type, $arguments) [pscustomobject]@{ Made = $type::new.Invoke($arguments) }", true,
            System.Management.Automation.Runspaces.PipelineResultTypes.None, null, type, ArgumentList)[0].Properties["Made"].Value);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
            made.Properties[(string)entry.Key].Value = entry.Value;
        return made;
    }
}

[Cmdlet(VerbsCommon.Get, "Member"), OutputType(typeof(MemberDefinition))]
sealed class GetMemberCommand : PSCmdlet
{
    readonly HashSet<string> _seen = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter, Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    protected override void ProcessRecord()
    {
        if (InputObject is null || !_seen.Add(InputObject.TypeNames[0]))
            return;
        var members = InputObject.Members
            .Where(member => (member.MemberType & MemberType) != 0)
            .Where(member => Name.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(member.Name)))
            .Where(member => member is not PSMethodInfo || !(member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal)))
            .OrderBy(member => (member.MemberType.ToString(), member.Name));
        foreach (var member in members)
            WriteObject(new MemberDefinition(InputObject.TypeNames[0], member.Name, member.MemberType, member.ToString()!));
    }

    protected override void EndProcessing()
    {
        if (_seen.Count == 0)
            WriteError(new(new InvalidOperationException("You must specify an object for the Get-Member cmdlet."), "NoObjectInGetMember", ErrorCategory.CloseError, null));
    }
}
