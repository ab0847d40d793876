using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Lays out a table with the engine's own formatter.</summary>
    public FormatTableCommand() => EngineInternals.ShapeAs(this, "Table");
}

[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Lays out a list with the engine's own formatter.</summary>
    public FormatListCommand() => EngineInternals.ShapeAs(this, "List");
}
