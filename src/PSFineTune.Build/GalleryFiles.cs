namespace PSFineTune.Build;

/// <summary>What a published module has besides what works: notices, a bill of materials, and the nuspec to pack it by.</summary>
static class GalleryFiles
{
    /// <param name="module">The staged module; notices and bill are written into it.</param>
    /// <param name="version">Semantic version.</param>
    /// <param name="changelog">The changelog's file.</param>
    /// <param name="nuspec">Where the nuspec goes.</param>
    /// <param name="assets">As for <see cref="ShippedFiles.Of"/>.</param>
    public static void Write(string module, string version, string changelog, string nuspec, params string[] assets)
    {
        // The bill lists the notices, too.
        File.WriteAllText(Path.Combine(module, LicenceNotices.FileName), LicenceNotices.Of(ShippedFiles.Of(module, assets, LicenceNotices.FileName, BillOfMaterials.FileName), version));
        File.WriteAllText(Path.Combine(module, BillOfMaterials.FileName), BillOfMaterials.Of(ShippedFiles.Of(module, assets, BillOfMaterials.FileName), version));
        GalleryPackage.Nuspec(Path.Combine(module, "PSFineTune.psd1"), version, changelog).Save(nuspec);
    }
}
