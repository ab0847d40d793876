using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;

// These types bear the names that scripts and the engine's own views know them by.
namespace Microsoft.PowerShell.Commands;

sealed class WriteErrorException(string? message) : SystemException(message);

/// <summary>A group of Group-Object -NoElement.</summary>
public class GroupInfoNoElement(ArrayList values)
{
    public ArrayList Values { get; } = values;

    public string Name { get; } = string.Join(", ", values.Cast<object?>()
        .Select(value => value is null ? "" : string.Format(CultureInfo.InvariantCulture, "{0}", PSObject.AsPSObject(value))));

    public int Count { get; protected set; }

    internal virtual void Add(PSObject item) => Count++;
}

/// <summary>A group of Group-Object with its members.</summary>
public sealed class GroupInfo(ArrayList values) : GroupInfoNoElement(values)
{
    public Collection<PSObject> Group { get; } = [];

    internal override void Add(PSObject item)
    {
        Group.Add(item);
        Count = Group.Count;
    }
}

/// <summary>What every result of Measure-Object has.</summary>
public abstract class MeasureInfo
{
    public string? Property { get; set; }
}

/// <summary>Numbers about numbers; what was not asked for is null.</summary>
public sealed class GenericMeasureInfo : MeasureInfo
{
    public int Count { get; set; }
    public double? Average { get; set; }
    public double? Sum { get; set; }
    public double? Maximum { get; set; }
    public double? Minimum { get; set; }
    public double? StandardDeviation { get; set; }
}

/// <summary>Least and greatest of things that are no numbers.</summary>
public sealed class GenericObjectMeasureInfo : MeasureInfo
{
    public int Count { get; set; }
    public double? Average { get; set; }
    public double? Sum { get; set; }
    public object? Maximum { get; set; }
    public object? Minimum { get; set; }
    public double? StandardDeviation { get; set; }
}

/// <summary>Counts of Measure-Object -Line, -Word, -Character; what was not asked for is null.</summary>
public sealed class TextMeasureInfo : MeasureInfo
{
    public int? Lines { get; set; }
    public int? Words { get; set; }
    public int? Characters { get; set; }
}

/// <summary>One member of an object, as Get-Member tells it.</summary>
public sealed class MemberDefinition(string typeName, string name, PSMemberTypes memberType, string definition)
{
    public string TypeName { get; } = typeName;
    public string Name { get; } = name;
    public PSMemberTypes MemberType { get; } = memberType;
    public string Definition { get; } = definition;

    public override string ToString() => Definition;
}

/// <summary>The hash of a file in upper-case hexadecimal digits.</summary>
public sealed class FileHashInfo
{
    public required string Algorithm { get; set; }
    public required string Hash { get; set; }
    public string? Path { get; set; }
}

/// <summary>A line in which Select-String found its pattern.</summary>
public sealed class MatchInfo
{
    public bool IgnoreCase { get; set; } = true;
    public int LineNumber { get; set; }
    public string Line { get; set; } = "";
    public string Path { get; set; } = "InputStream";
    public string Pattern { get; set; } = "";
    public System.Text.RegularExpressions.Match[] Matches { get; set; } = [];
    public string Filename => Path == "InputStream" ? Path : System.IO.Path.GetFileName(Path);

    public override string ToString() => Path == "InputStream" ? Line : $"{Path}:{LineNumber}:{Line}";

    /// <summary>What the engine's view calls: the line with its file, as seen from <paramref name="directory"/>.</summary>
    public string ToString(string directory) =>
        Path == "InputStream" ? Line : $"{System.IO.Path.GetRelativePath(directory, Path)}:{LineNumber}:{Line}";

    /// <summary>The same as <see cref="ToString(string)"/>: nothing is emphasised.</summary>
    public string ToEmphasizedString(string directory) => ToString(directory);
}

/// <summary>What Test-Path may ask for.</summary>
public enum TestPathType
{
    Any, Container, Leaf,
}
