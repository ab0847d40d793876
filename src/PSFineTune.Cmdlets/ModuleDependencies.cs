using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using PSFineTune.Native;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>
/// The one place that knows where other people's code lies. Managed dependencies are in lib/, native ones in lib/{rid}/
/// or, the tensor library, where Install-FineTuneRuntime has put it,
/// and both load into a context of their own: another module may carry another TorchSharp or SkiaSharp, and a libtorch
/// installed on the machine must never be picked up instead of ours. The default context would ask us last.
/// </summary>
sealed class ModuleDependencies(string folder) : AssemblyLoadContext(nameof(PSFineTune))
{
    public Assembly? Find(AssemblyName name) =>
        Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;

    protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName);

    /// <exception cref="FineTuneException">NoRuntime: TorchSharp itself would look elsewhere, and copy what it finds beside itself. RuntimeDamaged, ModuleDamaged: a library that is cut short would end the process.</exception>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        Homes().SelectMany(home => FileNames(unmanagedDllName).Select(file => Path.Combine(home, file))).FirstOrDefault(File.Exists) is { } path ? LoadWhole(path)
            : unmanagedDllName == TorchRuntime.Bridge ? throw TorchRuntime.NoRuntime() : 0;

    static nint LoadWhole(string path)
    {
        LibraryLength.RequireWhole(path);
        return NativeLibrary.Load(path);
    }

    // The second is asked for only where the first does not have the library.
    IEnumerable<string> Homes()
    {
        yield return Path.Combine(folder, RuntimeFolders.ThisMachine);
        if (RuntimeFolders.Installed is { } installed) yield return installed;
    }

    static string[] FileNames(string name) =>
        OperatingSystem.IsWindows() ? [name, name + ".dll"] :
        OperatingSystem.IsMacOS() ? [name, $"lib{name}.dylib", name + ".dylib"] :
        [name, $"lib{name}.so", name + ".so"];
}

/// <summary>Runs when the module is imported, before any type that needs a dependency is touched.</summary>
public sealed class OnImport : IModuleAssemblyInitializer
{
    static readonly ModuleDependencies s_dependencies =
        new(Path.Combine(Path.GetDirectoryName(typeof(OnImport).Assembly.Location)!, "lib"));

    // A static constructor, for PowerShell may import the same assembly twice.
    static OnImport() => AssemblyLoadContext.Default.Resolving += (_, name) => s_dependencies.Find(name);

    void IModuleAssemblyInitializer.OnImport() { }
}
