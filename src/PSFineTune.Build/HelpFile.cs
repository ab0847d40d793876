using System.Xml.Linq;

namespace PSFineTune.Build;

/// <summary>The MAML file of Get-Help, from what the code says of itself: metadata and documentation comments.</summary>
static class HelpFile
{
    static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the file; what a cmdlet leaves undocumented comes back, and then nothing is written.</summary>
    public static IReadOnlyList<string> Write(string assembly, string documentation, string destination)
    {
        using var cmdlets = new CmdletAssembly(assembly);
        var docs = new Documentation(XDocument.Load(documentation), cmdlets.All);
        string[] complaints = [.. cmdlets.All.SelectMany(docs.Gaps)];
        if (complaints.Length > 0) return complaints;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        new XDocument(new XElement(XNamespace.Get("http://msh") + "helpItems", new XAttribute("schema", "maml"),
            cmdlets.All.Select(cmdlet => Command(cmdlet, docs)))).Save(destination);
        return [];
    }

    static XElement Command(CmdletType cmdlet, Documentation docs) =>
        new(s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml), new XAttribute(XNamespace.Xmlns + "command", s_command), new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(s_command + "details",
                new XElement(s_command + "name", cmdlet.Name), new XElement(s_command + "verb", cmdlet.Verb), new XElement(s_command + "noun", cmdlet.Noun),
                Description(docs.Summary(cmdlet.Type))),
            Description([.. docs.Summary(cmdlet.Type), .. docs.Remarks(cmdlet.Type)]),
            new XElement(s_command + "syntax", cmdlet.Sets.Select(set => Syntax(cmdlet, set))),
            new XElement(s_command + "parameters",
                cmdlet.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => Parameter(parameter, parameter.Uses[0], docs)), Common(cmdlet)),
            new XElement(s_command + "inputTypes", cmdlet.Parameters.Where(parameter => parameter.Uses.Any(use => use.PipelineInput != "false"))
                .Select(parameter => new XElement(s_command + "inputType", TypeOf(parameter.TypeName)))),
            new XElement(s_command + "returnValues", cmdlet.Outputs.Select(output => new XElement(s_command + "returnValue", TypeOf(output.FullName ?? output.Name)))),
            new XElement(s_command + "examples", docs.Examples(cmdlet.Type).Select(Example)),
            new XElement(s_command + "relatedLinks", docs.Related(cmdlet.Type).Select(name => new XElement(s_maml + "navigationLink", new XElement(s_maml + "linkText", name), new XElement(s_maml + "uri")))));

    static XElement Syntax(CmdletType cmdlet, string set) =>
        new(s_command + "syntaxItem", new XElement(s_maml + "name", cmdlet.Name),
            cmdlet.Parameters.Where(parameter => parameter.In(set) is not null).Select(parameter => Parameter(parameter, parameter.In(set)!, null)), Common(cmdlet));

    static XElement Parameter(ParameterProperty parameter, ParameterUse use, Documentation? docs) =>
        new(s_command + "parameter",
            new XAttribute("required", use.Mandatory), new XAttribute("variableLength", parameter.TypeName.EndsWith(']')), new XAttribute("globbing", parameter.Wildcards),
            new XAttribute("pipelineInput", use.PipelineInput), new XAttribute("position", use.Position < 0 ? "named" : $"{use.Position}"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            docs is null ? null : Description(docs.Summary(parameter.Property)),
            parameter.Choices.Count == 0 ? null : new XElement(s_command + "parameterValueGroup",
                parameter.Choices.Select(choice => new XElement(s_command + "parameterValue", new XAttribute("required", false), new XAttribute("variableLength", false), choice))),
            parameter.IsSwitch ? null : new XElement(s_command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", parameter.TypeName.EndsWith(']')), parameter.TypeName),
            docs is null ? null : TypeOf(parameter.TypeName),
            docs is null ? null : new XElement(s_dev + "defaultValue", parameter.Default ?? docs.Default(parameter.Property) ?? (parameter.IsSwitch ? "False" : "None")));

    // Parameters that PowerShell adds to a cmdlet that asks for them.
    static IEnumerable<XElement> Common(CmdletType cmdlet)
    {
        if (cmdlet.SupportsShouldProcess)
        {
            yield return Common("WhatIf", "wi", "SwitchParameter", "False", "Says what would happen, and does nothing.");
            yield return Common("Confirm", "cf", "SwitchParameter", "False", "Asks before anything is changed.");
        }
        if (cmdlet.SupportsPaging)
        {
            yield return Common("IncludeTotalCount", "none", "SwitchParameter", "False", "Says how many there are, before the first.");
            yield return Common("Skip", "none", "UInt64", "0", "Leaves out this many from the start.");
            yield return Common("First", "none", "UInt64", "all", "Returns no more than this many.");
        }
    }

    static XElement Common(string name, string alias, string type, string value, string text) =>
        new(s_command + "parameter",
            new XAttribute("required", false), new XAttribute("variableLength", false), new XAttribute("globbing", false), new XAttribute("pipelineInput", "false"),
            new XAttribute("position", "named"), new XAttribute("aliases", alias), new XElement(s_maml + "name", name), Description([text]),
            type == "SwitchParameter" ? null : new XElement(s_command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", false), type),
            TypeOf(type), new XElement(s_dev + "defaultValue", value));

    static XElement Example((string Code, IReadOnlyList<string> Remarks) example, int index) =>
        new(s_command + "example", new XElement(s_maml + "title", $"Example {index + 1}"),
            new XElement(s_dev + "code", example.Code), new XElement(s_dev + "remarks", example.Remarks.Select(Paragraph)));

    static XElement Description(IEnumerable<string> paragraphs) => new(s_maml + "description", paragraphs.Select(Paragraph));

    static XElement Paragraph(string text) => new(s_maml + "para", text);

    static XElement TypeOf(string name) => new(s_dev + "type", new XElement(s_maml + "name", name), new XElement(s_maml + "uri"));
}
