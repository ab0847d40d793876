using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that writes a file in another form, for each file that it is given. One that cannot be read is an error of its own; the others are written.</summary>
public abstract class ConvertingCmdlet : FineTuneCmdlet
{
    readonly WrittenFiles _written = new("-Destination");

    /// <summary>The files, indexes or folders, or what Save-PretrainedModel or this cmdlet says of them; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), ToWeightsPath, SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The file to write, or the folder to write into; without it the file lies beside its source.</summary>
    [Parameter(Position = 1)]
    public string? Destination { get; set; }

    /// <summary>How the network wants pixels, as @{ InputSize = 224; Mean = 0.485, 0.456, 0.406; Std = 0.229, 0.224, 0.225 }: kept in the file, where a plan reads it.</summary>
    [Parameter, ToSettings<Preprocessing>]
    public Preprocessing? Preprocessing { get; set; }

    /// <summary>More texts to keep in the file, by key, such as @{ license = 'BSD-3-Clause' }.</summary>
    [Parameter]
    public Hashtable Metadata { get; set; } = [];

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write what was converted as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected sealed override void Process()
    {
        foreach (var path in ParameterSetName == "Path" ? Path.SelectMany(FilesOf) : LiteralPath.Select(GetUnresolvedProviderPathFromPSPath))
            try
            {
                Convert(path);
            }
            catch (FineTuneException fault)
            {
                WriteFault(fault);
            }
    }

    static string Text(object? value) => System.Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? "";

    void Convert(string path)
    {
        var target = WeightsConversion.Target(path, FullPath(Destination));
        if (!ShouldProcess(target, $"Convert '{path}'")) return;
        _written.RefuseOver(target, WeightsFile.Files(path));
        _written.Require(target, Force);
        var made = WeightsConversion.Write(path, target, Preprocessing, Metadata.Cast<DictionaryEntry>().ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value)));
        _written.Add(target);
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{made.Tensors} tensors of {made.Values} numbers, {made.Bytes} bytes, in '{made.Path}'."));
        if (PassThru) WriteObject(made);
    }
}
