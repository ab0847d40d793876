using PSFineTune.Build;
using PSFineTune.Native;

// What MSBuild cannot say by itself, as verbs: the build's targets call `dotnet PSFineTune.Build.dll <verb> …`.
try
{
    switch (args)
    {
        case ["fix-elf", var source, var destination]:
            ElfVersionNeed.Relax(source, destination);
            return 0;
        case ["manifest", var assembly, var template, var version, var destination]:
            Manifest.Write(assembly, template, version, destination);
            return 0;
        case ["help", var assembly, var documentation, var destination]:
            return Report(HelpFile.Write(assembly, documentation, destination));
        case ["errors", var sources, var template, var destination]:
            return Report(ErrorTopic.Write(sources, template, destination));
        case ["gallery", var module, var version, var changelog, var nuspec, .. var assets]:
            GalleryFiles.Write(module, version, changelog, nuspec, assets);
            return 0;
        default:
            Console.Error.WriteLine("usage: fix-elf SOURCE DESTINATION | manifest ASSEMBLY TEMPLATE VERSION DESTINATION | help ASSEMBLY XMLDOC DESTINATION | errors SOURCES TEMPLATE DESTINATION | gallery MODULE VERSION CHANGELOG NUSPEC ASSETS…");
            return 2;
    }
}
catch (InvalidDataException refused)
{
    return Report([refused.Message]);
}

// In the form that MSBuild shows as an error of the build.
static int Report(IReadOnlyList<string> complaints)
{
    foreach (var complaint in complaints) Console.Error.WriteLine($"PSFineTune.Build : error PSFT001: {complaint}");
    return complaints.Count == 0 ? 0 : 1;
}
