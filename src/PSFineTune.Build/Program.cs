using PSFineTune.Native;

// What MSBuild cannot say by itself, as verbs: the build's targets call `dotnet PSFineTune.Build.dll <verb> …`.
try
{
    switch (args)
    {
        case ["fix-elf", var source, var destination]:
            ElfVersionNeed.Relax(source, destination);
            return 0;
        default:
            Console.Error.WriteLine("usage: fix-elf SOURCE DESTINATION");
            return 2;
    }
}
catch (InvalidDataException refused)
{
    Console.Error.WriteLine($"error : {refused.Message}");
    return 1;
}
