import type { Component } from 'solid-js';

/**
 * What a part accepts as an icon: any icon of lucide-solid, imported by path
 * (`import Search from 'lucide-solid/icons/search'`). Size and stroke come from the stylesheet.
 */
export type Icon = Component<{ class?: string; size?: string | number }>;
